#pragma once

#include "model/subject.hpp"
#include "model/tenant.hpp"

#include <string>
#include <variant>

namespace licaudit {

/// The lines that a source prints (interfaces.md 3). An empty tenant of a subject is the one that the settings give.
struct begin_record {
  bool delta = false;
};
struct tenant_record {
  tenant value;
};
/// A user, a number, or a meter. A meter's subject has the fields `used` (exact decimal of at most 6 places, as text),
/// `unit` and, where given, `at` (RFC 3339).
struct subject_record {
  subject value;
};
struct remove_record {
  subject_name name;
};
/// Only in a delta: a tenant that the source no longer lists.
struct remove_tenant_record {
  std::string id;
};
struct left_out_record {
  std::string reason;
  std::int64_t count = 0;
};
struct progress_record {
  std::int64_t done = 0;
  std::int64_t total = 0;  ///< 0: not known
};
struct end_record {
  std::string cursor;  ///< empty: none
};

using record = std::variant<begin_record, tenant_record, subject_record, remove_record, remove_tenant_record,
                            left_out_record, progress_record, end_record>;

/// A record of a known kind whose content is faulty: the tenant it belongs to is set aside, the run goes on.
struct faulty_record {
  std::string tenant;  ///< empty: it names none, or none that could be read
  std::string what;
  std::string subject{};  ///< its id, where it has one that could be read
};

}  // namespace licaudit
