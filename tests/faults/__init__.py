"""A disk that fails, loses power, fills up; a clock that jumps."""
