# cmake -DBUILD=build-tree -DWORK=private-folder -P check_install.cmake
#
# Installs into a private folder and compares with the paths that units, scripts and packages rely on.
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${WORK}")
file(MAKE_DIRECTORY "${WORK}")
execute_process(COMMAND ${CMAKE_COMMAND} -E env "DESTDIR=${WORK}" ${CMAKE_COMMAND} --install "${BUILD}"
  RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said)
if(NOT status EQUAL 0)
  message(NOTICE "${said}")
  message(FATAL_ERROR "cmake --install: exit ${status}")
endif()

set(missing "")
foreach(path
    usr/sbin/licauditd usr/bin/licaudit
    usr/lib/licaudit/sources/records usr/lib/licaudit/sources/csv usr/lib/licaudit/sources/teams
    usr/lib/licaudit/sources/audiocodes-ini usr/lib/licaudit/factors/number-range.so
    usr/share/licaudit/factors.d/audiocodes-ump.yaml
    etc/licaudit/licauditd.yaml etc/licaudit/factors.d etc/licaudit/tenants.d etc/licaudit/sources.d
    usr/lib/systemd/system/licauditd.service usr/lib/systemd/system/licauditd.socket
    usr/lib/sysusers.d/licaudit.conf usr/lib/tmpfiles.d/licaudit.conf)
  if(NOT EXISTS "${WORK}/${path}")
    list(APPEND missing "/${path}")
  endif()
endforeach()
if(missing)
  file(GLOB_RECURSE there RELATIVE "${WORK}" "${WORK}/*")
  list(JOIN there "\n  /" text)
  message(NOTICE "installed are:\n  /${text}")
  list(JOIN missing ", " text)
  message(FATAL_ERROR "not installed: ${text}")
endif()

# The settings as installed are sound, and the daemon finds plugins and catalogue from where it lies.
execute_process(COMMAND "${WORK}/usr/sbin/licauditd" --check-config --config "${WORK}/etc/licaudit/licauditd.yaml"
  RESULT_VARIABLE status OUTPUT_VARIABLE said ERROR_VARIABLE said TIMEOUT 60)
if(NOT status EQUAL 0)
  message(NOTICE "${said}")
  message(FATAL_ERROR "licauditd --check-config on the installed settings: exit ${status}")
endif()
