# cmake -DSOURCE=systemd -DWORK=private-root -P check_users.cmake
#
# Makes the user and group in a private root, so that nothing of this host is touched, and compares the names with those
# that units and tmpfiles use.
find_program(SYSUSERS systemd-sysusers)
if(NOT SYSUSERS)
  message(FATAL_ERROR "systemd-sysusers is missing: install the package systemd (./dev test does)")
endif()
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}/usr/lib/sysusers.d" "${WORK}/etc")
configure_file("${SOURCE}/licaudit.sysusers" "${WORK}/usr/lib/sysusers.d/licaudit.conf" COPYONLY)
execute_process(COMMAND "${SYSUSERS}" --root=${WORK} RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "systemd-sysusers: exit ${status}\n${said}")
endif()
file(READ "${WORK}/etc/passwd" users)
file(READ "${WORK}/etc/group" groups)
if(NOT users MATCHES "(^|\n)licaudit:[^\n]*:/var/lib/licaudit:/usr/sbin/nologin\n")
  message(FATAL_ERROR "no user licaudit with its home and without a shell:\n${users}")
endif()
if(NOT groups MATCHES "(^|\n)licaudit:")
  message(FATAL_ERROR "no group licaudit:\n${groups}")
endif()

file(READ "${SOURCE}/licauditd.service" service)
file(READ "${SOURCE}/licauditd.socket" socket)
file(READ "${SOURCE}/licaudit.tmpfiles" folders)
foreach(wanted "service=\nUser=licaudit\n" "service=\nStateDirectory=licaudit\n" "socket=\nSocketGroup=licaudit\n"
               "socket=\nFileDescriptorName=control\n" "socket=\nListenStream=/run/licaudit/licaudit.sock\n"
               "folders=\nd +/run/licaudit +0750 +licaudit +licaudit ")
  string(REGEX MATCH "^([a-z]+)=(.*)$" ignored "${wanted}")
  set(pattern "${CMAKE_MATCH_2}")
  if(NOT "${${CMAKE_MATCH_1}}" MATCHES "${pattern}")
    message(FATAL_ERROR "the ${CMAKE_MATCH_1} lacks: ${pattern}")
  endif()
endforeach()
