# licaudit_room(NAME SOURCES ... [USES room...] [LIBRARIES lib...] [PRIVATE_LIBRARIES lib...])
#
# One room of the house is one static library, licaudit_NAME (slashes become underscores). USES names the rooms whose
# headers it may include; a room that is not declared yet is an arrow upwards and stops the configuration.
# tests/house/check_includes.cmake reads the #include lines against LICAUDIT_ARROWS, so that nothing slips past the linker.
set_property(GLOBAL PROPERTY LICAUDIT_ARROWS "")

function(licaudit_room NAME)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;LIBRARIES;PRIVATE_LIBRARIES" ${ARGN})
  string(REPLACE "/" "_" target "licaudit_${NAME}")
  add_library(${target} STATIC ${ROOM_SOURCES})
  target_include_directories(${target} PUBLIC ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/..)
  target_link_libraries(${target} PUBLIC ${ROOM_LIBRARIES} PRIVATE licaudit_toolchain ${ROOM_PRIVATE_LIBRARIES})
  foreach(used IN LISTS ROOM_USES)
    string(REPLACE "/" "_" used_target "licaudit_${used}")
    if(NOT TARGET ${used_target})
      message(FATAL_ERROR "${NAME} uses ${used}, which is not declared before it: arrows run only downwards (rooms.cmake)")
    endif()
    target_link_libraries(${target} PUBLIC ${used_target})
  endforeach()
  string(REPLACE ";" "," uses "${ROOM_USES}")
  set_property(GLOBAL APPEND PROPERTY LICAUDIT_ARROWS "${NAME}:${uses}")
endfunction()

# licaudit_room_test(NAME SOURCES ... [LIBRARIES lib...]): the gtest binary of one room, NAME_test, run by ctest.
function(licaudit_room_test NAME)
  cmake_parse_arguments(ROOM "" "" "SOURCES;LIBRARIES" ${ARGN})
  string(REPLACE "/" "_" target "${NAME}_test")
  add_executable(${target} ${ROOM_SOURCES})
  target_link_libraries(${target} PRIVATE ${ROOM_LIBRARIES} GTest::gmock GTest::gtest_main licaudit_toolchain)
  target_compile_definitions(${target} PRIVATE
    LICAUDIT_SOURCE_DIRECTORY="${PROJECT_SOURCE_DIR}" LICAUDIT_BINARY_DIRECTORY="${CMAKE_BINARY_DIR}")
  add_test(NAME ${target} COMMAND ${target})
  set_tests_properties(${target} PROPERTIES TIMEOUT 600)
endfunction()
