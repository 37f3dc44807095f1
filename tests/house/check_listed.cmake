# cmake -DROOT=tree -P check_listed.cmake
#
# Sources are listed by hand, so a test file that nobody lists is a test that silently never runs.
cmake_minimum_required(VERSION 3.25)

file(GLOB_RECURSE files RELATIVE "${ROOT}" "${ROOT}/tests/*_test.cpp" "${ROOT}/tests/*_fuzz.cpp")
list(FILTER files EXCLUDE REGEX "^tests/house/faulty/")  # is unlisted on purpose
if(NOT files)
  message(FATAL_ERROR "no *_test.cpp under ${ROOT}/tests: nothing was checked")
endif()

set(problems "")
foreach(path IN LISTS files)
  # The list stands in the file's own folder or in one above it, with the path from there.
  cmake_path(GET path PARENT_PATH folder)
  set(listed FALSE)
  while(NOT folder STREQUAL "")
    if(EXISTS "${ROOT}/${folder}/CMakeLists.txt")
      cmake_path(RELATIVE_PATH path BASE_DIRECTORY "${folder}" OUTPUT_VARIABLE name)
      file(STRINGS "${ROOT}/${folder}/CMakeLists.txt" lines)
      foreach(line IN LISTS lines)
        string(REGEX REPLACE "#.*$" "" line "${line}")
        string(REGEX REPLACE "[ \t()]+" ";" words "${line}")
        if(name IN_LIST words)
          set(listed TRUE)
        endif()
      endforeach()
    endif()
    cmake_path(GET folder PARENT_PATH folder)
  endwhile()
  if(NOT listed)
    list(APPEND problems "${path}")
  endif()
endforeach()
if(problems)
  list(JOIN problems "\n" text)
  message(NOTICE "${text}")  # an error message would be wrapped at 80 columns
  message(FATAL_ERROR "listed in no CMakeLists.txt, so never run: see above")
endif()
list(LENGTH files number)
message(STATUS "${number} test files are listed")
