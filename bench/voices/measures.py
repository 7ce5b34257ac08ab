"""How near a sound is to the speech in it. Each takes what was found and what is there, alike in length, at `RATE`."""

from importlib.util import find_spec

import numpy as np
from pystoi import stoi
from scipy.signal import correlate

from actors.detectors.span import RATE
from schemas.media import Floats

if find_spec("pesq"):
    from pesq import pesq
else:
    pesq = None

LATEST = 400
"""Samples (25 ms) by which a sound may be late: whoever shifts is shifted back before it is measured."""
MOST = 100.0
"""Decibels, told where nothing differs."""


def aligned(found: Floats, clean: Floats) -> Floats:
    """`found` shifted to where it resembles `clean` most."""
    likeness = correlate(found, clean, mode="full", method="fft")
    zero = len(clean) - 1
    late = int(np.argmax(np.abs(likeness[zero : zero + LATEST])))
    return np.concatenate([found[late:], np.zeros(late)])


def si_snr(found: Floats, clean: Floats) -> float:
    """Scale-invariant signal-to-noise ratio, dB (Le Roux et al. 2019, "SDR: half-baked or well done?")."""
    found, clean = found - found.mean(), clean - clean.mean()
    part = clean * float(found @ clean) / float(clean @ clean)
    rest = float(np.sum((found - part) ** 2))
    power = float(np.sum(part**2))
    return MOST if rest <= power * 10 ** (-MOST / 10) else 10 * float(np.log10(power / rest))


def heard_quality(found: Floats, clean: Floats) -> float:
    """PESQ, wide band (ITU-T P.862.2), 1.04 to 4.64; NaN where the package is not installed."""
    return float("nan") if pesq is None else float(pesq(RATE, clean, found, "wb"))


def intelligibility(found: Floats, clean: Floats) -> float:
    """STOI (Taal et al. 2011), 0..1."""
    return float(stoi(clean, found, RATE))
