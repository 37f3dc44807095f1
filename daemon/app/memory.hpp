#pragma once

namespace licaudit::app {

/// At the start, before other threads.
void keep_memory_low();

/// Great work, which frees hundreds of megabytes on this thread: while this lives the system gets them back at once,
/// and what is left of them when it ends. One at a time.
class great_work {
 public:
  great_work();
  ~great_work();
  great_work(const great_work&) = delete;
  great_work& operator=(const great_work&) = delete;
};

}  // namespace licaudit::app
