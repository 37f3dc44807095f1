# cmake -DSOURCE=systemd -DWORK=private-folder -DDAEMON=licauditd -DCLIENT=licaudit -P check_units.cmake
#
# systemd-analyze wants the programs that a unit starts to exist, and they are not installed here: the copies that it
# reads name the built ones. Everything else is checked as it is installed.
find_program(ANALYZE systemd-analyze)
if(NOT ANALYZE)
  message(FATAL_ERROR "systemd-analyze is missing: install the package systemd (./dev test does)")
endif()

file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
file(READ "${SOURCE}/licauditd.service" service)
foreach(program "/usr/sbin/licauditd=${DAEMON}" "/usr/bin/licaudit=${CLIENT}")
  string(REGEX MATCH "^([^=]+)=(.+)$" ignored "${program}")
  set(installed "${CMAKE_MATCH_1}")
  set(built "${CMAKE_MATCH_2}")
  string(FIND "${service}" "=${installed} " found)
  if(found EQUAL -1)
    message(FATAL_ERROR "licauditd.service does not start ${installed}, which is where it is installed")
  endif()
  if(NOT EXISTS "${built}")
    message(FATAL_ERROR "${built} is not built")
  endif()
  string(REPLACE "=${installed} " "=${built} " service "${service}")
endforeach()
file(WRITE "${WORK}/licauditd.service" "${service}")
file(COPY "${SOURCE}/licauditd.socket" DESTINATION "${WORK}")

execute_process(COMMAND "${ANALYZE}" verify --man=no ./licauditd.service ./licauditd.socket
  WORKING_DIRECTORY "${WORK}" RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
# It exits 0 for a misspelt key and only says so: clean means silent.
if(NOT status EQUAL 0 OR NOT said STREQUAL "")
  message(FATAL_ERROR "systemd-analyze verify: exit ${status}\n${said}")
endif()

# 14 means 1.4 of 10. PrivateUsers, which would give 1.2, hides the callers from the daemon.
execute_process(COMMAND "${ANALYZE}" security --no-pager --offline=true --threshold=14 ./licauditd.service
  WORKING_DIRECTORY "${WORK}" RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "systemd-analyze security: exit ${status}\n${said}")
endif()
if(service MATCHES "\nPrivateUsers=(yes|true|1)")
  message(FATAL_ERROR "PrivateUsers makes every caller nobody; the daemon could not tell who may do what")
endif()
string(REGEX MATCHALL "\n[A-Z][A-Za-z]+=" keys "${service}")
list(LENGTH keys number)
message(STATUS "units are clean, ${number} keys")
