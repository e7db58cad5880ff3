"""Takes TensorFlow's C library and the headers of its C interface out of a wheel (a zip), and nothing else.

Usage: extract_wheel.py WHEEL FOLDER
"""
import re
import sys
import zipfile

WANTED = re.compile(
    r"tensorflow/(libtensorflow_(cc|framework)\.so\.2"
    r"|include/(tensorflow/c/|tensorflow/core/platform/ctstring|tsl/platform/ctstring|xla/tsl/c/"
    r"|tensorflow/compiler/xla/tsl/c/|tensorflow/tsl/platform/ctstring).*)"
)

wheel, folder = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if WANTED.fullmatch(name) and not name.endswith("/"):
            archive.extract(name, folder)
