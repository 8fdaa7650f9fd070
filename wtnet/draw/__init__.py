"""Drawing: where partners stand, what colour they have, and the maps, charts and pictures made from that.

`layout` gives every partner a place on the plane; `palette` its colour and shape; `map`, `charts` and `picture` draw.
Nothing here knows the web page it ends up on.
"""
