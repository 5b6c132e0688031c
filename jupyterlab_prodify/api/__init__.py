"""Types that cross the wire. One file per feature, no logic."""
