"""Models as they are loaded from their packages; what their answers mean is decided in `actors.detectors`."""
