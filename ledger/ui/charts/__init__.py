"""The only folder that imports pyqtgraph."""
