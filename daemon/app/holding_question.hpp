#pragma once

#include "daemon/api/reader_line.hpp"
#include "daemon/audit/view.hpp"
#include "factors/rules.hpp"

#include <functional>
#include <memory>

namespace licaudit::app {

/// Who held what under the rules of an instant: those in force now are taken from the view, older ones are compiled
/// from the text that the ledger keeps.
[[nodiscard]] api::holding_lookup holding_question(
    std::function<std::shared_ptr<const audit::view>()> current,
    std::function<result<std::shared_ptr<const factors::rules>>(const factor_set&)> compile);

}  // namespace licaudit::app
