#pragma once

namespace licaudit::app {

/// Gives the system back what this thread has freed; for after great works. Takes some milliseconds.
void give_back_memory();

}  // namespace licaudit::app
