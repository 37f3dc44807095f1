#pragma once

#include "model/instant.hpp"

#include <chrono>

namespace licaudit::app {

[[nodiscard]] inline instant wall_clock() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace licaudit::app
