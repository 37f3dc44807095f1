#include "scratch_state.hpp"

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace licaudit::ledger {

scratch_state::scratch_state() {
  std::string name = (std::filesystem::temp_directory_path() / "licaudit-ledger-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
  folder_ = name;
}

scratch_state::~scratch_state() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::unique_ptr<ledger> scratch_state::open() const {
  auto opened = ledger::open(folder_);
  if (!opened) throw std::runtime_error(opened.error().detail);
  return std::move(*opened);
}

std::unique_ptr<reader> scratch_state::read() const {
  auto opened = reader::open(file());
  if (!opened) throw std::runtime_error(opened.error().detail);
  return std::move(*opened);
}

instant at(const char* text) {
  return parse_rfc3339(text).value();
}

}  // namespace licaudit::ledger
