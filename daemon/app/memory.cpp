#include "daemon/app/memory.hpp"

#ifdef LICAUDIT_MIMALLOC
#include <mimalloc.h>
#else
#include <malloc.h>
#endif

namespace licaudit::app {

#ifdef LICAUDIT_MIMALLOC

void keep_memory_low() {
  // In milliseconds. With 10 an Apply to all is some per cent faster, and a tenth more memory stays after a first
  // synchronisation; mimalloc's own are 25.
  ::mi_option_set(mi_option_decommit_delay, 1);
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
