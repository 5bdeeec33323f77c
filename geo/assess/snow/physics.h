#pragma once

/// The snow formulas that the ranking uses, each with its source; SNOW.md has the page. Pure functions, SI unless
/// named.
namespace hashimichi::assess::snow {

/// New-snow density in kg/m³ from air temperature in °C: Gottlib 1980 as in SNOW-17 (DOMAIN B.2); 50 below −15 °C.
double newSnowDensityGottlib(double air_c);
/// The same by Kazama et al. for the wet snow of the Japan Sea side: 40 … 80 kg/m³.
double newSnowDensityKazama(double air_c);

/// Wet-bulb temperature in °C (Stull 2011). Valid for 5–99 % and −20…50 °C near sea level; ±0.3…1 °C.
double wetBulb_c(double air_c, double humidity_pct);
/// Share of precipitation that falls as snow, 0…1; half at a wet bulb of 1.0 °C (35 Japanese stations, DOMAIN B.1).
double snowFractionFromWetBulb(double wet_bulb_c);
/// The same from air temperature alone, half at 2.0 °C.
double snowFractionFromAir(double air_c);

/// What one pass leaves beside the road (DOMAIN A.5): mass is kept, the bank is a triangle with both faces at `slope`,
/// cut off at 1.5 m height.
struct Bank {
  double area_m2_per_m = 0;
  double width_m = 0;
  double height_m = 0;
};
struct BankInput {
  double snow_density = 100;  ///< kg/m³
  double bank_density = 400;  ///< kg/m³, 350–500
  double depth_m = 0;
  double half_width_m = 0;  ///< cleared towards this side
  double slope_deg = 45;
};
Bank bankFrom(const BankInput& input);

/// P(true depth ≥ trigger) for a normal error (DOMAIN B.11); 0, ½ or 1 when sigma is 0.
double triggerProbability(double depth_cm, double sigma_cm, double trigger_cm);

/// How much more falls `higher_m` above the gauge: +5 % per 100 m, at most ±50 % (DOMAIN B.5).
double heightFactor(double higher_m);
/// Temperature change over `higher_m`: −0.6 °C per 100 m.
double lapse_c(double higher_m);

}  // namespace hashimichi::assess::snow
