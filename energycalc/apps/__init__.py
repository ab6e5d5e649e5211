"""How people drive it: the command line and the Jupyter forms."""
