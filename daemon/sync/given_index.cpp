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
    : given_(std::move(given)), index_(0, by_line{&given_.subjects}, by_line{&given_.subjects}) {}

void given_index::read() {
  given_.read();
  seen_.resize(given_.subjects.size());
}

bool given_index::see(const ledger::line_hash& line) {
  read();
  if (next_ < given_.subjects.size() && given_.subjects[next_].line == line) {
    seen_[next_++] = true;
    return true;
  }
  index_all();
  const auto found = index_.find(line);
  if (found == index_.end()) {
    // Most likely the next one, changed.
    if (next_ < given_.subjects.size()) ++next_;
    return false;
  }
  seen_[*found] = true;
  next_ = *found + std::size_t{1};
  return true;
}

void given_index::index_all() {
  if (std::exchange(indexed_, true)) return;
  index_.reserve(given_.subjects.size());
  for (std::uint32_t at = 0; at < given_.subjects.size(); ++at) index_.insert(at);
}

std::vector<ledger::subject_number> given_index::unseen() {
  read();
  std::vector<ledger::subject_number> numbers;
  for (std::size_t at = 0; at < seen_.size(); ++at) {
    if (!seen_[at]) numbers.push_back(given_.subjects[at].number);
  }
  return numbers;
}

}  // namespace licaudit::sync
