#pragma once

namespace licaudit::app {

/// At the start, before other threads.
void keep_memory_low();

/// Gives the system back what this thread has freed; for after great works. Takes some milliseconds.
void give_back_memory();

}  // namespace licaudit::app
