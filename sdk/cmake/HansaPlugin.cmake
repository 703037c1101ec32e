# SPDX-License-Identifier: MIT
#
# hansa_add_plugin(NAME SOURCES FILE...)
#
# Makes NAME.so, a plugin: linked to the measures library, exporting
# hansa_plugin_query() alone, and installed where `hansa` looks for plugins.
# Sources may be in any language that the project has enabled.
function(hansa_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES")
  if(NOT arg_SOURCES OR arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "Write hansa_add_plugin(${name} SOURCES FILE...)")
  endif()
  add_library(${name} MODULE ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES PREFIX "" POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(${name} PRIVATE HansaSDK::stats)
  target_link_options(${name} PRIVATE -Wl,--version-script,${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  if(NOT HANSA_SANITIZE) # a sanitizer's symbols come from the program
    target_link_options(${name} PRIVATE -Wl,--no-undefined)
  endif()
  include(GNUInstallDirs)
  install(TARGETS ${name} DESTINATION ${CMAKE_INSTALL_LIBDIR}/hansa/plugins)
endfunction()
