#pragma once
#include <array>
#include <optional>

#include "geo/assets/nbi.h"

namespace hashimichi::assess::ageing {

/// Maintenance Control Index of a pavement section (Ministry of Construction 1981; DOMAIN D.3 [K]): 10 new … 0 worst.
/// Formulas whose input is missing are skipped; the result is the least of the others, nothing where none can be
/// computed.
struct PavementCondition {
  std::optional<double> crack_percent, rut_mm;
  std::optional<double> roughness_mm;  ///< σ of the 3 m profile
};
struct Mci {
  std::array<std::optional<double>, 4> formulas;  ///< MCI, MCI0, MCI1, MCI2, not clamped
  std::optional<double> result;                   ///< the least, within 0 … 10
};
Mci mciOf(const PavementCondition& condition);
/// σ from IRI (mm/m): IRI = 1.33 σ + 0.24 [K]; 0 where the IRI is below 0.24.
double roughnessFromIri(double iri_mm_per_m);

/// Category of the 2016 inspection guide: I below 20 % cracks, 20 mm ruts, IRI 3; II below 40 %, 40 mm, IRI 8; else
/// III. The worst indicator counts; nothing without any.
enum class PavementCategory { I = 1, II, III };
std::optional<PavementCategory> pavementCategory(std::optional<double> crack_percent, std::optional<double> rut_mm,
                                                 std::optional<double> iri_mm_per_m);

/// 23 CFR 490.409: the least of deck, superstructure and substructure (culverts: item 62): 7–9 good, 5–6 fair, 0–4
/// poor. Nothing without any rating.
enum class NbiCondition { poor, fair, good };
std::optional<NbiCondition> nbiCondition(const assets::NbiRecord& record);

/// Sufficiency rating (Recording and Coding Guide 1995, appendix B, metric; DOMAIN E), 0 … 100, and its parts. Unknown
/// parts take nothing off; `missing` counts them. Nothing where neither a condition nor the inventory rating is known.
struct SufficiencyRating {
  double structure = 0, service = 0, essential = 0, reduction = 0;  ///< S1 ≤ 55, S2 ≤ 30, S3 ≤ 15, S4
  double rating = 0;
  int missing = 0;
};
std::optional<SufficiencyRating> sufficiencyRating(const assets::NbiRecord& record);

/// S1 alone: the lowest rating of 59, 60 or 62, and item 66 in tonnes.
double structuralAdequacy(int lowest_rating, double inventory_rating_t);
/// S3 alone.
double essentiality(double structure, double service, double adt, double detour_km, bool strahnet);

}  // namespace hashimichi::assess::ageing
