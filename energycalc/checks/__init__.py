"""What a result, or a claim on paper, must not contradict: checks with ids, limits as data, sentences and advice."""
