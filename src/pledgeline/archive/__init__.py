"""Packages in one file: packing them so that the bytes depend on nothing but the content, unpacking them without trust."""
