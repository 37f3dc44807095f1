# Compilers, warnings, sanitizers, linker and compiler cache; all through one INTERFACE target.
set(LICAUDIT_SANITIZE "" CACHE STRING "Value of -fsanitize=, empty for none")
option(LICAUDIT_FUZZ "Build the fuzzers of tests/fuzz for libFuzzer; needs clang and LICAUDIT_SANITIZE" OFF)

add_library(licaudit_toolchain INTERFACE)
target_compile_options(licaudit_toolchain INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Werror
  # GCC 12 reports new/delete pairs of coroutine frames wrongly at -O1.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>)

if(LICAUDIT_SANITIZE)
  target_compile_options(licaudit_toolchain INTERFACE -fsanitize=${LICAUDIT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(licaudit_toolchain INTERFACE -fsanitize=${LICAUDIT_SANITIZE})
  # The one check of `undefined` whose marks in front of functions clang 14 cannot assemble for coroutines.
  target_compile_options(licaudit_toolchain INTERFACE $<$<CXX_COMPILER_ID:Clang>:-fno-sanitize=function>)
  if(LICAUDIT_SANITIZE STREQUAL "thread")
    # libstdc++'s fences are unknown to TSan and GCC says so at each use; and it takes the members of a std::variant that
    # instrumented code moves for uninitialised.
    target_compile_options(licaudit_toolchain INTERFACE
      $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan> $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  endif()
endif()

if(LICAUDIT_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR NOT LICAUDIT_SANITIZE)
    message(FATAL_ERROR "fuzzers need clang and a sanitizer: use the preset fuzz")
  endif()
  target_compile_options(licaudit_toolchain INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(LICAUDIT_MOLD mold)
if(LICAUDIT_MOLD)
  target_link_options(licaudit_toolchain INTERFACE -fuse-ld=mold)
endif()

find_program(LICAUDIT_CCACHE ccache)
if(LICAUDIT_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${LICAUDIT_CCACHE})
endif()
