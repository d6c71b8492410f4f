"""What a city can learn: a city of the atlas, a country, or a city by ten numbers."""
