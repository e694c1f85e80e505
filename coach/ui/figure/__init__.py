"""The moving figure: a skeleton skinned with ribbons, painted with QPainter."""
