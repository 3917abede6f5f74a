"""The reader's networks: PP-OCRv6 as rapidocr ships it, on one core less than there are."""

import os
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidocr import RapidOCR

from desktop.worker.reading.array import Pixels
from desktop.worker.reading.ctc import Decoder
from desktop.worker.reading.cut import LEAST_SIDE


class Engine:
    """Loads the recogniser when made and the detector when first asked: 0.7 s and 0.3 GB together."""

    def __init__(self) -> None:
        # Scaling is ours (see `locate`); the classifier turns upright lines upside down.
        parameters = {
            "Global.use_cls": False,
            "Global.use_preprocess_img": False,
            "Global.log_level": "critical",
            "Det.limit_side_len": LEAST_SIDE,
            "EngineConfig.onnxruntime.intra_op_num_threads": max(1, (os.cpu_count() or 1) - 1),
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
        self._networks: Any = RapidOCR(params=parameters)
        load: Any = self._networks._load_rec_model  # noqa: SLF001 - else the first line would load it
        recogniser = load()
        recogniser.postprocess_op = Decoder(recogniser.postprocess_op.character)

    # The flags of a call stay set for the next one: all three are named each time. What comes back is
    # of another class when nothing was found.

    def detect(self, pixels: Pixels) -> NDArray[np.float32]:
        """Corners of the pieces of text, n × 4 × 2."""
        found = self._networks(pixels, use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return np.empty((0, 4, 2), np.float32) if boxes is None else np.asarray(boxes, np.float32)

    def recognise(self, line: Pixels) -> tuple[str, float]:
        """The text of one line and how sure the network is of it, 0…1."""
        read = self._networks(line, use_det=False, use_cls=False, use_rec=True)
        texts, scores = getattr(read, "txts", None), getattr(read, "scores", None)
        return (texts[0], float(scores[0])) if texts and scores else ("", 0.0)
