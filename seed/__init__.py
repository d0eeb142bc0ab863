"""An invented enforcement world: cases in the exchange format, press stories and guides.

Everything here is made up. The cases are written as an exchange file and brought in by the
same intake as a real export; nothing of the portal but its vocabulary is known to this package.
"""
