"""Reading: an analysed document becomes actors and reports, each with the sentence that asserts it."""
