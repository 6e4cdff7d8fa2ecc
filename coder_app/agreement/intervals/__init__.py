"""How sure a figure is: bootstrap over sessions, block bootstrap of one session, jackknife, curves and planning."""
