"""The benchmark: `make bench`; ratios of whole processes measured in one run."""
