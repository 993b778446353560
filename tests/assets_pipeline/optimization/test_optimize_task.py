"""One model in, smaller files out, as true as asked."""

from pathlib import Path

import numpy as np
import pytest
import trimesh

from assets_pipeline.gltf import measure
from assets_pipeline.optimization.optimize_task import optimize_task
from assets_pipeline.optimization.options import OptimizeOptions, model_task
from assets_pipeline.optimization.result import Optimized
from assets_pipeline.rendering.decompress import decode_document


def _optimized(file: Path, **asked: object) -> Optimized:
    options = OptimizeOptions(**asked)  # type: ignore[arg-type]  # by name
    return optimize_task(model_task(file, options), options)


@pytest.fixture(scope="module")
def stone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a stone of 1,280 triangles, as scans have them: rough, and of one grey."""
    shape = trimesh.creation.icosphere(subdivisions=3)
    rough = np.random.default_rng(1).normal(1.0, 0.004, (len(shape.vertices), 1))
    shape.vertices *= rough * [0.5, 0.3, 0.4]
    path = tmp_path_factory.mktemp("stone") / "stone.obj"
    shape.export(path)
    return path


@pytest.fixture(scope="module")
def optimized(stone: Path) -> Optimized:
    """Make two LODs of the stone."""
    return _optimized(stone, max_error=0.03, lods=2)


def test_the_file_is_smaller_and_as_true_as_asked(optimized: Optimized) -> None:
    assert len(optimized.glb) < 0.2 * optimized.source.size_bytes
    assert optimized.visual_error is not None
    assert optimized.visual_error <= 0.03
    assert not optimized.is_larger
    assert not any(file.exceeded for file in optimized.files)


def test_facts_are_those_of_the_file(optimized: Optimized) -> None:
    finest = optimized.lods[0]
    shown = decode_document(finest.content)

    assert finest.facts.size_bytes == len(finest.content)
    assert finest.facts.triangles == measure.count_triangles(shown)
    assert optimized.source.triangles == 1280


def test_a_coarser_lod_is_smaller_and_has_twice_the_error(optimized: Optimized) -> None:
    finest, coarser = optimized.lods

    assert coarser.name == "lod1"
    assert coarser.max_error == 2 * finest.max_error
    assert len(coarser.content) < len(finest.content)


def test_extents_are_kept(stone: Path, optimized: Optimized) -> None:
    box = trimesh.load(stone).extents
    shown = measure.compute_extents(decode_document(optimized.glb))

    assert shown.size_m == pytest.approx(box, rel=0.02)


def test_a_limit_that_can_not_be_kept_is_told(stone: Path) -> None:
    made = _optimized(stone, max_error=0.3, max_bytes=300)

    assert "bytes" in made.lods[0].exceeded


def test_triangles_are_limited(stone: Path) -> None:
    made = _optimized(stone, max_error=0.2, max_triangles=800)

    assert made.lods[0].facts.triangles <= 816
    assert "triangles" not in made.lods[0].exceeded


def test_a_far_model_tells_where_it_was(tmp_path: Path) -> None:
    box = trimesh.creation.box((1.0, 2.0, 1.0))
    box.apply_translation((652_345.0, 1.0, 6_862_012.0))
    box.export(tmp_path / "survey.obj")

    made = _optimized(tmp_path / "survey.obj")

    assert made.moved_from_m == pytest.approx((652_345.0, 0.0, 6_862_012.0))


def test_progress_grows_to_one_with_its_steps(stone: Path) -> None:
    told: list[tuple[float, str]] = []
    options = OptimizeOptions(max_error=0.2)

    optimize_task(
        model_task(stone, options),
        options,
        lambda share, step: told.append((share, step)),
    )

    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert [*dict.fromkeys(step for _, step in told)] == ["read", "clean", "search"]


def test_all_files_are_saved_beside_the_first(
    optimized: Optimized, tmp_path: Path
) -> None:
    paths = optimized.save(tmp_path / "stone.glb")

    assert [path.name for path in paths] == ["stone.glb", "stone.lod1.glb"]
    assert paths[0].read_bytes() == optimized.glb


@pytest.mark.parametrize(
    "asked",
    [
        {"max_error": 0.0},
        {"max_error": 1.5},
        {"max_bytes": 0},
        {"max_triangles": -1},
        {"lods": 0},
        {"lods": 9},
        {"metres_per_unit": 0.0},
    ],
)
def test_a_limit_out_of_range_is_refused(asked: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(asked))):
        OptimizeOptions(**asked)  # type: ignore[arg-type]  # by name
