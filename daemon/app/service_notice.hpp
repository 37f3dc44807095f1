#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace licaudit::app {

// What systemd hears of the daemon (sd_notify(3)); nothing where it does not listen.

void notify_ready(const std::string& status);
void notify_reloading();
void notify_stopping();
void notify_alive();
/// Reading or converting a large ledger takes longer than a start may: asks for so much more.
void notify_starting_takes(std::chrono::seconds more);

/// How often systemd wants to hear `alive` at least; none: it does not watch.
[[nodiscard]] std::optional<std::chrono::microseconds> watchdog_interval();

}  // namespace licaudit::app
