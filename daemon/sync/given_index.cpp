#include "daemon/sync/given_index.hpp"

#include <cstring>
#include <utility>

namespace licaudit::sync {

std::size_t given_index::by_line::operator()(const ledger::line_hash& line) const {
  std::size_t start = 0;
  std::memcpy(&start, line.data(), sizeof start);  // it is a hash already
  return start;
}

given_index::given_index(ledger::given_inventory given)
    : given_(std::move(given)),
      index_(given_.subjects.size(), by_line{&given_.subjects}, by_line{&given_.subjects}),
      seen_(given_.subjects.size()) {
  for (std::uint32_t at = 0; at < given_.subjects.size(); ++at) index_.insert(at);
}

bool given_index::see(const ledger::line_hash& line) {
  const auto found = index_.find(line);
  if (found == index_.end()) return false;
  seen_[*found] = true;
  return true;
}

std::vector<ledger::subject_number> given_index::unseen() const {
  std::vector<ledger::subject_number> numbers;
  for (std::size_t at = 0; at < seen_.size(); ++at) {
    if (!seen_[at]) numbers.push_back(given_.subjects[at].number);
  }
  return numbers;
}

}  // namespace licaudit::sync
