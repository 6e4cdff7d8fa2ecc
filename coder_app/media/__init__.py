"""Video files: what is in them, when each frame is shown, waveform, spectrogram, motion, filmstrip, working copy, fingerprint.

Paths in, values or derived files out; no database. Only this package and `studio` use PyAV and OpenCV, and only when called,
so the app starts where their system libraries are missing. Every failure is a `MediaError` that names the file, the reason
and the next step.
"""
