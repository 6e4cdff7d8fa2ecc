"""Wordless sounds of practice clips. `plan` says what is heard when and moves the mouths, `voices` what each sound is like,
`synth` makes samples of it and `mix` the track of a clip."""

from coder_app.studio.sound.mix import track
from coder_app.studio.sound.plan import Caption, Mouth, Utterance, captions, captions_at, mouth_of, utterances
from coder_app.studio.sound.synth import RATE

__all__ = ["RATE", "Caption", "Mouth", "Utterance", "captions", "captions_at", "mouth_of", "track", "utterances"]
