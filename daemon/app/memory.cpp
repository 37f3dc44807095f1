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

// With a delay mimalloc looks at a piece of memory when something is freed in it, and what was freed there last stays:
// ten megabytes after a first synchronisation of a million users.
great_work::great_work() {
  ::mi_option_set(mi_option_decommit_delay, 0);
}

great_work::~great_work() {
  ::mi_collect(true);
  keep_memory_low();
}

#else

void keep_memory_low() {}

great_work::great_work() = default;

great_work::~great_work() {
  ::malloc_trim(0);
}

#endif

}  // namespace licaudit::app
