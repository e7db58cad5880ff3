"""Takes TensorFlow's C library and the headers that our own code is compiled with out of a wheel (a zip).

Usage: extract_wheel.py WHEEL FOLDER
"""
import re
import sys
import zipfile

WANTED = re.compile(
    r"tensorflow/(libtensorflow_(cc|framework)\.so\.2"
    r"|include/(absl|Eigen|unsupported/Eigen|google/protobuf|ml_dtypes|tensorflow/(c|core|tsl|compiler/xla/tsl)|tsl|xla/tsl)/.*)"
)

wheel, folder = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if WANTED.fullmatch(name) and not name.endswith("/"):
            archive.extract(name, folder)
