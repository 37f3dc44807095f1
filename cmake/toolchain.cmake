# Compilers, warnings, sanitizers, linker and compiler cache; all through one INTERFACE target.
set(LICAUDIT_SANITIZE "" CACHE STRING "Value of -fsanitize=, empty for none")

add_library(licaudit_toolchain INTERFACE)
target_compile_options(licaudit_toolchain INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Werror
  # GCC 12 reports new/delete pairs of coroutine frames wrongly at -O1.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>)

if(LICAUDIT_SANITIZE)
  target_compile_options(licaudit_toolchain INTERFACE -fsanitize=${LICAUDIT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(licaudit_toolchain INTERFACE -fsanitize=${LICAUDIT_SANITIZE})
  if(LICAUDIT_SANITIZE STREQUAL "thread")
    # libstdc++'s fences are unknown to TSan and GCC says so at each use.
    target_compile_options(licaudit_toolchain INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
  endif()
endif()

find_program(LICAUDIT_MOLD mold)
if(LICAUDIT_MOLD)
  target_link_options(licaudit_toolchain INTERFACE -fuse-ld=mold)
endif()

find_program(LICAUDIT_CCACHE ccache)
if(LICAUDIT_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${LICAUDIT_CCACHE})
endif()
