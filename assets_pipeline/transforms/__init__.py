"""Transforms of a document, one verb a file, named as in glTF-Transform.

Each changes the document in place and takes one frozen dataclass of options, whose
defaults are written out there:

    weld                      WeldOptions: equal vertices become one
    dedup                     DedupMeshesOptions: equal accessors, materials, meshes
    prune                     no options: what is never drawn
    drop_duplicate_triangles  no options: triangles drawn twice
    compute_normals           ComputeNormalsOptions: crease_deg
    fix_winding               FixWindingOptions: most_turned_ratio
    flip_normal_maps          FlipNormalMapsOptions: least_ratio
    metal_rough               no options: specular-glossiness to metallic-roughness
    make_opaque               MakeOpaqueOptions: least_alpha
    replace_solid_textures    ReplaceSolidTexturesOptions: most_difference
    recenter                  no options: a model far from its origin
    resample                  ResampleOptions: tolerances of animation keys
    join, instance            JoinOptions, InstanceOptions: fewer draw calls
    simplify                  SimplifyOptions: target_triangles, weights of attributes
    reorder                   ReorderOptions: tries
    quantize                  QuantizeOptions: bits of each kind of attribute
    compress_meshopt          CompressMeshoptOptions: bits of the codec's filters
    compress_textures         CompressTexturesOptions: size, quality, graphics memory
    decompress_ktx2           no options: KTX2 to PNG
    strip_names               StripNamesOptions: digits of transforms
    write_metadata            WriteMetadataOptions: title, author, license, copyright

Beside them stand what several share: ``static_meshes`` (what never moves),
``equal_primitives`` (change equal ones once), ``ktx2_textures`` (which textures become
KTX2). Their usual order is that of assets_pipeline/models/make_model.py, then of
assets_pipeline/lod/settings.py.
"""
