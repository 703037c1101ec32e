# SPDX-License-Identifier: MIT
# The packages: hansa, hansa-sdk, and one an engine. Built by scripts/package.
set(debian ${CMAKE_CURRENT_LIST_DIR})
set(packages host sdk)
if(TARGET hansa-engine-duckdb)
  list(APPEND packages engine-duckdb)
endif()
if(TARGET hansa-engine-postgresql)
  list(APPEND packages engine-postgresql)
endif()

set(CPACK_DEBIAN_HOST_PACKAGE_NAME hansa)
set(CPACK_DEBIAN_HOST_PACKAGE_SECTION science)
set(CPACK_DEBIAN_HOST_PACKAGE_DEPENDS "gnuplot-nox | gnuplot-qt | gnuplot-x11, fonts-noto-cjk")
set(CPACK_DEBIAN_HOST_PACKAGE_RECOMMENDS hansa-engine-duckdb)
set(CPACK_DEBIAN_HOST_PACKAGE_SUGGESTS hansa-sdk)
set(CPACK_COMPONENT_HOST_DESCRIPTION
"analyses of how a region opens to the world
 Sister cities, exchanges, trade, platforms and firms: each analysis is a
 plugin that runs in a sandbox of its own on checked tables. One report, in
 Chinese and English, with charts drawn by gnuplot, in which every number
 leads to the rows and sources that it came from.")

set(CPACK_DEBIAN_SDK_PACKAGE_NAME hansa-sdk)
set(CPACK_DEBIAN_SDK_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_SDK_PACKAGE_DEPENDS "hansa (= ${PROJECT_VERSION}), libc6-dev")
set(CPACK_DEBIAN_SDK_PACKAGE_RECOMMENDS "gcc | c-compiler, cmake | make, pkg-config")
set(CPACK_COMPONENT_SDK_DESCRIPTION
"headers and measures library for the analyses of hansa
 What an author of analyses needs: the headers that specify the interface, a
 static library of measures (inequality, concentration, growth, chains of
 states), CMake and pkg-config files, and the template that hansa new fills in.")

set(CPACK_DEBIAN_ENGINE-DUCKDB_PACKAGE_NAME hansa-engine-duckdb)
set(CPACK_DEBIAN_ENGINE-DUCKDB_PACKAGE_SECTION science)
set(CPACK_DEBIAN_ENGINE-DUCKDB_PACKAGE_DEPENDS "hansa (= ${PROJECT_VERSION})")
set(CPACK_COMPONENT_ENGINE-DUCKDB_DESCRIPTION
"DuckDB engine of hansa
 Reads Parquet and tables larger than memory, and answers the queries of
 analyses. Contains DuckDB, which is not in Debian.")

set(CPACK_DEBIAN_ENGINE-POSTGRESQL_PACKAGE_NAME hansa-engine-postgresql)
set(CPACK_DEBIAN_ENGINE-POSTGRESQL_PACKAGE_SECTION science)
set(CPACK_DEBIAN_ENGINE-POSTGRESQL_PACKAGE_DEPENDS "hansa (= ${PROJECT_VERSION})")
set(CPACK_COMPONENT_ENGINE-POSTGRESQL_DESCRIPTION
"PostgreSQL engine of hansa
 Lets analyses read their tables from a server that speaks PostgreSQL.")

# ---- copyright and changelog of each, as Debian wants them
find_program(GZIP gzip REQUIRED)
set(changelog ${CMAKE_CURRENT_BINARY_DIR}/changelog.gz)
execute_process(COMMAND ${GZIP} -9nc ${debian}/changelog OUTPUT_FILE ${changelog}
                COMMAND_ERROR_IS_FATAL ANY)
foreach(package IN LISTS packages)
  string(TOUPPER ${package} key)
  set(folder ${CMAKE_INSTALL_DATADIR}/doc/${CPACK_DEBIAN_${key}_PACKAGE_NAME})
  install(FILES ${debian}/copyright ${changelog} DESTINATION ${folder} COMPONENT ${package})
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_COMPONENTS_ALL ${packages})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_PACKAGE_CONTACT "The Hansa authors <maintainers@hansa.example>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ
    GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${debian}/finish.cmake)
include(CPack)
