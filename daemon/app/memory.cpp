#include "daemon/app/memory.hpp"

#ifdef LICAUDIT_MIMALLOC
#include <mimalloc.h>
#else
#include <malloc.h>
#endif

namespace licaudit::app {

#ifdef LICAUDIT_MIMALLOC

void keep_memory_low() {
  // In milliseconds. mimalloc's own 25 keep some per cent more memory after a first synchronisation, which they make no
  // faster; 1 makes an Apply to all some per cent slower.
  ::mi_option_set(mi_option_decommit_delay, 10);
}

void give_back_memory() {
  ::mi_collect(true);
}

#else

void keep_memory_low() {}

void give_back_memory() {
  ::malloc_trim(0);
}

#endif

}  // namespace licaudit::app
