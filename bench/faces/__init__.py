"""What the trainings of the face networks share. Needs PyTorch, which the product itself does not."""
