#include "daemon/app/memory.hpp"

#ifdef LICAUDIT_MIMALLOC
#include <mimalloc.h>
#else
#include <malloc.h>
#endif

namespace licaudit::app {

void give_back_memory() {
#ifdef LICAUDIT_MIMALLOC
  ::mi_collect(true);
#else
  ::malloc_trim(0);
#endif
}

}  // namespace licaudit::app
