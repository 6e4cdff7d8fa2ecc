"""Practice clips: an event script is drawn and sounded into a video, and gives its own key.

`script` reads the script, `scene` says how everybody looks at an instant, `stage` draws it, `sound` synthesises the voices,
`render` encodes, `key` derives the gold key and `noise` codings with realistic errors. A frame is a pure function of script and
time.
"""
