"""Make files for phones: from a museum's sources to what each phone can show.

`models` makes one model's files, and shows the way: `readers` give a document (`gltf`),
`transforms` and `baking` make it light, `ladder` decides on its levels of detail by
looking (`rendering`), `usdz` writes it for iPhones. `media` makes everything else,
`findings` tell curators of it, and `building` carries tasks out, once each.
"""
