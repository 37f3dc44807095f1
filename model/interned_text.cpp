#include "model/interned_text.hpp"

#include <boost/flyweight.hpp>
#include <boost/flyweight/no_tracking.hpp>

namespace licaudit {

namespace {

// Counting who holds a name would cost two atomic operations for each of the sixteen in a copied tally, to give back
// what the next calculation asks for again.
using kept_text = boost::flyweight<std::string, boost::flyweights::no_tracking>;

}  // namespace

const std::string interned_text::nothing;

const std::string* interned_text::kept(const std::string& text) {
  return text.empty() ? &nothing : &kept_text(text).get();
}

}  // namespace licaudit
