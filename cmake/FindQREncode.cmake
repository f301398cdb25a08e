# Finds libqrencode, 4 or newer, by its header and library, and defines QREncode::QREncode.
#
# Installed beside mtp's own package files, for programs that link a static mtp::qr.
if(TARGET QREncode::QREncode)
  set(QREncode_FOUND TRUE)
  return()
endif()

include(FindPackageHandleStandardArgs)
find_path(QREncode_INCLUDE_DIR qrencode.h)
find_library(QREncode_LIBRARY qrencode)
mark_as_advanced(QREncode_INCLUDE_DIR QREncode_LIBRARY)
find_package_handle_standard_args(QREncode REQUIRED_VARS QREncode_LIBRARY QREncode_INCLUDE_DIR)
if(QREncode_FOUND)
  add_library(QREncode::QREncode UNKNOWN IMPORTED)
  set_target_properties(QREncode::QREncode PROPERTIES
    IMPORTED_LOCATION "${QREncode_LIBRARY}" INTERFACE_INCLUDE_DIRECTORIES "${QREncode_INCLUDE_DIR}")
endif()
