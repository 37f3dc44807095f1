# The parsers of others, compiled with the coverage and sanitizers of the fuzzers: a fuzzer that cannot see into yaml-cpp
# or Boost.JSON guesses what lies behind them. `./dev build fuzz` unpacks Debian's sources of the installed versions
# into LICAUDIT_PARSER_SOURCES; what is missing there is taken as installed, and said so.
set(LICAUDIT_PARSER_SOURCES "${PROJECT_SOURCE_DIR}/build/parsers" CACHE PATH "Unpacked Debian sources, one folder each")

function(licaudit_instrument TARGET)
  # Their habits are not ours: no warnings, and wrapping arithmetic in a hash is not our finding.
  target_compile_options(${TARGET} PRIVATE -w -fsanitize=${LICAUDIT_SANITIZE} -fsanitize=fuzzer-no-link
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
endfunction()

# Boost.JSON's headers hold its sources too.
find_package(Boost 1.81 REQUIRED COMPONENTS container CONFIG)
set(json_source ${CMAKE_BINARY_DIR}/boost_json.cpp)
file(CONFIGURE OUTPUT ${json_source} CONTENT "#include <boost/json/src.hpp>\n")
add_library(instrumented_boost_json STATIC ${json_source})
target_link_libraries(instrumented_boost_json PUBLIC Boost::headers Boost::container)
licaudit_instrument(instrumented_boost_json)
add_library(Boost::json ALIAS instrumented_boost_json)

if(EXISTS ${LICAUDIT_PARSER_SOURCES}/yaml-cpp/src)
  file(GLOB yaml_sources CONFIGURE_DEPENDS ${LICAUDIT_PARSER_SOURCES}/yaml-cpp/src/*.cpp)
  add_library(yaml-cpp STATIC ${yaml_sources})
  target_include_directories(yaml-cpp SYSTEM PUBLIC ${LICAUDIT_PARSER_SOURCES}/yaml-cpp/include)
  licaudit_instrument(yaml-cpp)
else()
  message(WARNING "no sources of yaml-cpp in ${LICAUDIT_PARSER_SOURCES}: the fuzzers do not see into it")
  find_package(yaml-cpp REQUIRED)
endif()

if(EXISTS ${LICAUDIT_PARSER_SOURCES}/libcsv/libcsv.c)
  enable_language(C)
  add_library(instrumented_csv STATIC ${LICAUDIT_PARSER_SOURCES}/libcsv/libcsv.c)
  licaudit_instrument(instrumented_csv)
  set(LICAUDIT_LIBCSV instrumented_csv CACHE STRING "" FORCE)
else()
  message(WARNING "no sources of libcsv in ${LICAUDIT_PARSER_SOURCES}: the fuzzers do not see into it")
endif()
