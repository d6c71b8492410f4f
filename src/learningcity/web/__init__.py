"""The web: read only, in English and Chinese, offline, without accounts."""
